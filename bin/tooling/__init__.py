"""What bin/demo, bin/test and bin/messages are made of. Nothing here is part of the running site."""
