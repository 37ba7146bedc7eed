// Once: `clawtop once`: watches until all is known, prints it, and ends by what it is.
import Dispatch
import Engine
import Events
import WorldModel

/// Prints the state; the exit code follows the monitoring plugins' convention.
func runOnce(
    _ plan: WatchPlan, _ invocation: Invocation, _ variables: [String: String]
) -> Outcome {
    let engine = plan.engine(
        traceWindow: invocation.window, rules: plan.rules.read(),
        store: store(plan, variables))
    let world = waiting {
        engine.start()
        if invocation.watching > .zero {
            try? await Task.sleep(for: invocation.watching)
        }
        await engine.waitUntilEveryFeedAnsweredOrFailed(deadline: plan.deadline)
        await engine.waitUntilTheStoreAnsweredOrFailed(deadline: plan.deadline)
        let world = await engine.concludedWorld()
        await engine.stop()
        return world
    }
    let text =
        switch invocation.format {
        case .json: OnceJSON(world: world, window: invocation.window).text
        case .text: OnceText(world: world, window: invocation.window).text
        }
    var outcome = Outcome(world.exitCode, text)
    outcome.warn(world.ruleTroubles)
    return outcome
}

/// The store that the configuration names, to be read only; the one of the state folder is not
/// touched: that is for who watches.
private func store(_ plan: WatchPlan, _ variables: [String: String]) -> BookkeeperSettings? {
    guard plan.store.store != .file(nil) else { return nil }
    var settings = plan.store.bookkeeping(Places(environment: variables))
    settings.isReadOnly = true
    return settings
}

/// Lends the calling thread to `body` until it is done; nothing else needs that thread.
func waiting<Result: Sendable>(_ body: @escaping @Sendable () async -> Result) -> Result {
    let done = DispatchSemaphore(value: 0)
    let box = Box<Result>()
    Task {
        box.value = await body()
        done.signal()
    }
    while true {
        done.wait()
        if let value = box.value { return value }
    }
}

/// Written before the semaphore is signalled, read after.
private final class Box<Value>: @unchecked Sendable {
    var value: Value?
}
