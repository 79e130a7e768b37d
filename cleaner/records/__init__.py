"""Records in, records out: many inputs, many processes, one order. Begin with `run.py`.

names, inputs, streams, compression      which files there are, of which kind, and their bytes
record                                   a record, a batch of them, and what is wanted of both
jsonl, array, delimited, parquet,        each kind: read in batches, and written
  warc, pages
json_line; arrow_values;                 what a single kind needs beside
  archive, resync, transfer
work                                     what a worker does with a batch
worker, workers, tasks                   the processes, and the order of what they give back
events, delivery, outputs, tally         from the inputs to whole outputs, rejects and counts
checkpoint, claims                       a run that was stopped, and two on one output
run, ray                                 all of it on this machine, or on a cluster
extras                                   libraries that not everybody needs
"""
