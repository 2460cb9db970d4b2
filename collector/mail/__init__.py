"""Mail: handing messages to a server, once each, and a server of our own for trying things out."""
