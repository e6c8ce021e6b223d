"""What agents type, one module a subject. A form checks; an operation decides."""
