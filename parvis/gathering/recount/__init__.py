"""Everything counted again from the logs, and compared with what stands."""
