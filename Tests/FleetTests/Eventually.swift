// Eventually: waits for what cannot be awaited, because it is seen from outside only.
import Testing

/// Returns once `condition` holds; fails the test after ten seconds.
///
/// Not `Task.yield`: tasks that yield in a circle keep those with a lower priority from running.
func eventually(
    _ condition: () async throws -> Bool, sourceLocation: SourceLocation = #_sourceLocation
) async rethrows {
    for _ in 0..<5_000 {
        if try await condition() { return }
        try? await Task.sleep(for: .milliseconds(2))
    }
    Issue.record("it did not happen within ten seconds", sourceLocation: sourceLocation)
}
