"""What recurs in several procedures, written once: approval, documents and service, recusal, …"""
