print("chromatic-controller")
