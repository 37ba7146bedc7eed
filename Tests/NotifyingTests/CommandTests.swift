import Events
import Foundation
import TestKit
import Testing

@testable import Notifying

@Suite(.timeLimit(.minutes(5)))
struct CommandTests {
    private let receiver = ReceiverSettings(name: "page", .command(["/bin/sh"]))
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `a program has the notice on its input and the gist in variables`() async throws {
        let end = await run(
            #"cat > "$OUT/body"; echo "$CLAWTOP_ALERT $CLAWTOP_STATE $CLAWTOP_SEVERITY $1" > "$OUT/gist""#,
            "a b; $(id)")
        #expect(end == nil)
        let body = try folder.text(of: "body")
        #expect(Array(body.utf8) == WebhookBody(story).json)
        let gist = try folder.text(of: "gist")
        #expect(gist == "Slow firing critical a b; $(id)\n")
    }

    @Test func `a code other than 0 is a failure, with the first words of its complaint`() async {
        let end = await run("echo 'no such pager' >&2; echo more >&2; exit 3")
        #expect(end?.reason == "(sh) ended with 3 (no such pager)")
        #expect(end?.isPassing == true)
        #expect(await run("kill -9 $$")?.reason == "(sh) was ended by signal 9")
    }

    @Test func `what is a secret is not repeated from a complaint`() async {
        let end = await run(
            #"echo "bad $PAGER_TOKEN and $1 for you" >&2; exit 1"#, "hush-argument")
        #expect(end?.reason == "(sh) ended with 1 (bad •••••• and •••••• for you)")
    }

    @Test func `a program that takes too long is killed with all that it started`() async throws {
        let end = await run(
            #"sleep 600 & echo $! > "$OUT/child"; wait"#, deadline: .seconds(3))
        #expect(end?.reason == "(sh) did not end within 3s")
        let child = try folder.text(of: "child")
        let number = try #require(Int32(child.trimmingCharacters(in: .whitespacesAndNewlines)))
        while isAlive(number) {
            // Nobody is told when somebody else's child is gone.
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Who is dead may lie there for as long as nobody asks how it ended.
    private func isAlive(_ process: Int32) -> Bool {
        let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        return status?.contains(") Z ") == false
    }

    @Test func `a program has no descriptors but its own three`() async throws {
        let ours = dup(0)
        defer { close(ours) }
        let end = await run(#"ls /proc/self/fd | wc -l > "$OUT/count""#)
        #expect(end == nil)
        // The folder that is listed is the fourth.
        #expect(try folder.text(of: "count") == "4\n")
    }

    @Test func `much output and unread input hold nobody up`() async {
        let end = await run("head -c 3000000 /dev/zero >&2; echo done; exit 0")
        #expect(end == nil)
    }

    @Test func `a program that is not there is not tried again`() async {
        let sender = CommandSender(
            words: ["/no/such/pager", "s3cr3t"], environment: [:], deadline: .seconds(5))
        let error = await refusal(by: sender, story)
        #expect(error?.reason == "(pager) cannot be started: No such file or directory")
        #expect(error?.isPassing == false)
    }

    private var story: Notice { notice(to: receiver, [alert("Slow", ["severity": "critical"])]) }

    private func run(
        _ script: String, _ argument: String = "", deadline: Duration = .seconds(20)
    ) async -> DeliveryError? {
        let sender = CommandSender(
            words: ["/bin/sh", "-c", script, "sh", argument],
            environment: [
                "PATH": "/usr/bin:/bin", "OUT": folder.path, "PAGER_TOKEN": "hush-token",
            ], deadline: deadline)
        return await refusal(by: sender, story)
    }
}
