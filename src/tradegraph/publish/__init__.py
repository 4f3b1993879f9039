"""What is made from the project for readers: reference pages generated from the files they describe."""
