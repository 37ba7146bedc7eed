// LineWriterTests: lines arrive, or are counted, whatever the reader does.
import Dispatch
import Glibc
import Testing

@testable import clawtop

@Suite(.timeLimit(.minutes(5)))
struct LineWriterTests {
    private func openPipe() -> (reader: Int32, writer: Int32) {
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        return (ends[0], ends[1])
    }

    /// All until the end, on a thread that may wait.
    private func text(from descriptor: Int32) async -> String {
        await withCheckedContinuation { waiter in
            DispatchQueue.global().async { waiter.resume(returning: read(descriptor)) }
        }
    }

    private func read(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer.prefix(count)
        }
    }

    @Test func `lines arrive in order`() async {
        let (reader, writer) = openPipe()
        let lines = LineWriter(writer)
        for number in 1...100 { lines.put("line \(number)") }
        await lines.finish(within: .seconds(10))
        close(writer)
        #expect(await text(from: reader) == (1...100).map { "line \($0)\n" }.joined())
        close(reader)
    }

    @Test func `a reader that is stuck holds up nobody, and is told what it missed`() async {
        let (reader, writer) = openPipe()
        let lines = LineWriter(writer)
        let line = String(repeating: "x", count: 100)
        for _ in 1...30_000 { lines.put(line) }
        await lines.finish(within: .milliseconds(1))
        #expect(lines.dropped > 0)
        async let text = text(from: reader)
        await lines.finish(within: .seconds(10))
        close(writer)
        let written = await text.split(separator: "\n")
        #expect(written.contains { $0.hasPrefix(#"{"event":"dropped","count":"#) })
        #expect(written.count { $0 == line } + lines.dropped == 30_000)
        close(reader)
    }

    @Test func `a reader that is gone is no reason to end`() async {
        signal(SIGPIPE, SIG_IGN)
        let (reader, writer) = openPipe()
        close(reader)
        let lines = LineWriter(writer)
        lines.put("one")
        await lines.finish(within: .seconds(10))
        lines.put("two")
        #expect(lines.dropped == 1)
        close(writer)
    }
}
