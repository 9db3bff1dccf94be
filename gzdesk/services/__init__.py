"""One call, one use case, one transaction. The command line and the windows talk to nothing below this."""
