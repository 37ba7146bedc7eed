// InTerminal: what the tests of the built program have in common.
import Foundation
import Testing

/// One test after another: two seconds are soon over on a machine that does ten things at once.
@Suite(.serialized) struct InTerminal {}

/// In CI a tool that is missing is a failure.
let mustNotSkip = ProcessInfo.processInfo.environment["CI"] == "true"

/// The program that was built with these tests.
var builtProgram: String {
    let tests = URL(filePath: Swift.CommandLine.arguments[0]).deletingLastPathComponent()
    return tests.appending(path: "clawtop").path()
}
