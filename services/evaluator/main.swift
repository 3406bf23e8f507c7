print("chromatic-evaluator")
