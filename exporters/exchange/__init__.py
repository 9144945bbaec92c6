"""Exchange with other programs: graphs for network tools, dates for calendars."""
