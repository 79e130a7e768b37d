"""The workbench of people who write rules: functions that return data, which the command line renders.

* `lint.lint(folders) -> list[Finding]`: what is wrong or doubtful in rule files.
* `test.run_tests(folders, fixtures=()) -> list[CaseResult]`: hits, spares and fixtures.
* `show.show(folders, source) -> list[ShownRule]`: a source after inheritance.

`folders` are as for `Cleaner(rules=...)`: paths, or `cleaner.DEFAULT`. Every row has `to_dict()`.
"""
