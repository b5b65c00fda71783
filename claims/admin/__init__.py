"""The desk: where claims are written, reviewed and published. Pages are named in `apps.py`."""
