"""zhifa 智法: administrative law enforcement whose law is code that cites itself."""

__version__ = "0.1.0"
