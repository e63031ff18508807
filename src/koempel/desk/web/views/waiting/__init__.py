"""What waits for whoever signs in: the first page of every role but the director's."""
