"""Send the application what no browser would: is it ever an error of ours, or a leak?"""
