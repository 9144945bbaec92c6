"""Reading foreign files into plain tables; what they mean is decided in `model.importing`."""
