"""What every request needs, whoever asks: headers, cookies, errors, the proof against forgery."""
