// Demo: the embedded fleet, with the dashboard on it or without a screen.

func runDemo(_ invocation: Invocation, _ variables: [String: String]) -> Outcome {
    Outcome(.failed, "no fleet yet\n")
}
