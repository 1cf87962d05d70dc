"""From bytes to records: reading, structuring and finding the packaged data."""
