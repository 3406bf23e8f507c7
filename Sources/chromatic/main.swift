print("chromatic")
