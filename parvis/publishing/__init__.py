"""What is published, whatever it is: editions, validation steps, flags, hiding, erasing. See `registry`."""
