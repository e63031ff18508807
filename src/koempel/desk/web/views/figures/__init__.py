"""Pages of figures: from a referral to durable work, for who directs."""
