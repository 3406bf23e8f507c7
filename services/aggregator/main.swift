print("chromatic-aggregator")
