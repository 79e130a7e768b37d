"""Records in, records out: many inputs, many processes, one order.

`names.py` tells what an input is, `jsonl.py`, `array.py`, `delimited.py`, `parquet.py`, `warc.py` and `pages.py` read
each kind in batches, `work.py` cleans a batch in a worker, `workers.py` keeps the workers, `run.py` puts all of it
together, `outputs.py` and `checkpoint.py` see to it that what is written is whole and can be gone on with.
"""
