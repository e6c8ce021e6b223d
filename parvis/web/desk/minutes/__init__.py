"""The minutes at the desk: a report comes in, is reviewed, validated, published."""
