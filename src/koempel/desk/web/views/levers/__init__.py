"""Pages about levers: boards, one lever, its stock, bookings, the counter of the shop."""
