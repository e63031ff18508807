"""The first page of who directs: the region in one picture, without anybody in it."""
