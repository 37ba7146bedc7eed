// Dashboard: the screen on an engine.

func runDashboard(
    _ plan: WatchPlan, _ invocation: Invocation, _ variables: [String: String]
) -> Outcome {
    Outcome(.failed, "no screen yet\n")
}
