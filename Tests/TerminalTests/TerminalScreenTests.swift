import Drawing
import Foundation
import Testing

@testable import Terminal

extension OneScreen {
    struct TerminalScreenTests {
        private let pty = Pty(40, 5)
        private var canvas = Canvas(Size(40, 5))

        init() {
            _ = OneScreen.loop
            canvas.write("▲ payment", x: 0, y: 0, .critical)
        }

        @UIActor private func open(_ variables: [String: String] = [:]) throws -> TerminalScreen {
            try TerminalScreen.open(
                theme: .plain, device: pty.path, surroundings: Surroundings(variables))
        }

        @UIActor private func events(
            of screen: TerminalScreen
        ) -> AsyncStream<TerminalEvent> {
            let (stream, told) = AsyncStream<TerminalEvent>.makeStream()
            screen.listen { told.yield($0) }
            return stream
        }

        @UIActor @Test func `the terminal is taken by the first frame and given back at the end`()
            throws
        {
            let screen = try open()
            #expect(screen.size == Size(40, 5))
            #expect(!pty.isCooked)
            screen.show(canvas)
            let taken = pty.shown(until: "\u{1B}[?2026l")
            for part in ["[?1049h", "[?25l", "[?2004h", "[?1006h", "[?1h", "▲ payment"] {
                #expect(taken.contains(part), "\(part)")
            }
            screen.close()
            #expect(pty.isCooked)
            let left = pty.shown()
            for part in ["[?1049l", "[?25h", "[?2004l", "[?1006l", "[?1004l", "[?1l"] {
                #expect(left.contains(part), "\(part)")
            }
        }

        @UIActor @Test func `keys, clicks, pastes and a new size arrive in order`() async throws {
            let screen = try open()
            defer { screen.close() }
            let inputs = events(of: screen)
            pty.type("j\u{1B}[A\u{1B}[<0;3;2M\u{1B}[200~x\u{1B}[201~\u{3}\u{1B}")
            let expected: [TerminalInput] = [
                .key(.character("j")), .key(.up), .click(x: 2, y: 1), .paste("x"),
                .key(.control("c")), .key(.escape),
            ]
            for input in expected { #expect(await inputs.next == .input(input)) }
            pty.resize(60, 8)
            #expect(await inputs.next == .input(.resized(Size(60, 8))))
            #expect(screen.size == Size(60, 8))
        }

        @UIActor @Test func `a closed terminal is a hangup, after which nothing is written`()
            async throws
        {
            let screen = try open()
            let inputs = events(of: screen)
            screen.show(canvas)
            pty.close()
            #expect(await inputs.next == .hangup)
            screen.show(Canvas(Size(40, 5)))
            screen.close()
        }

        @UIActor @Test func `being asked to end is an event`() async throws {
            let screen = try open()
            defer { screen.close() }
            let inputs = events(of: screen)
            kill(getpid(), SIGTERM)
            #expect(await inputs.next == .terminate(signal: SIGTERM))
        }

        @UIActor @Test
        func `a terminal that does not read loses frames, and shows the newest in the end`()
            async throws
        {
            let screen = try open()
            defer { screen.close() }
            var canvas = canvas
            for frame in 0..<2000 {
                canvas.write("frame \(frame)! ", x: frame % 2, y: frame % 4)
                screen.show(canvas)
            }
            canvas.write("the last one", x: 0, y: 4)
            screen.show(canvas)
            let pty = pty
            let shown = await Task.detached { pty.shown(until: "the last one") }.value
            #expect(shown.contains("the last one"))
            #expect(!shown.contains("frame 1990!"))
        }

        @UIActor @Test func `a new theme and a redraw repaint at once`() throws {
            let screen = try open(["COLORTERM": "truecolor"])
            defer { screen.close() }
            screen.show(canvas)
            _ = pty.shown(until: "\u{1B}[?2026l")
            screen.redraw()
            #expect(pty.shown(until: "\u{1B}[?2026l").contains("38;2;255;107;97m▲ payment"))
            var theme = Theme.plain
            theme.looks[.critical] = Look(.indexed(5))
            screen.use(theme)
            #expect(pty.shown(until: "\u{1B}[?2026l").contains("35m▲ payment"))
        }

        @UIActor @Test func `the clipboard gets its text, the mouse is ours or the terminal's`()
            throws
        {
            let screen = try open()
            defer { screen.close() }
            screen.show(canvas)
            _ = pty.shown(until: "\u{1B}[?2026l")
            screen.copy("payment-2")
            screen.watchMouse(false)
            screen.watchMouse(true)
            let shown = pty.shown()
            #expect(shown.contains("\u{1B}]52;c;cGF5bWVudC0y\u{7}"))
            #expect(shown.contains("[?1000l") && shown.hasSuffix("[?1006h"))
        }

        @UIActor @Test
        func `many changes in a row become thirty frames a second, the first one at once`()
            async throws
        {
            let screen = try open()
            defer { screen.close() }
            let counter = Counter()
            func change() {
                screen.whenDue { [canvas] in
                    counter.count += 1
                    screen.show(canvas)
                }
            }
            let start = ContinuousClock.now
            change()
            #expect(counter.count == 1)
            while counter.count < 4 {
                change()
                await Task.yield()
            }
            #expect(ContinuousClock.now - start >= .milliseconds(90))
        }

        @UIActor @Test func `our own way of opening it leaves the terminal blocking for others`()
            throws
        {
            let other = Foundation.open(pty.path, O_RDWR | O_NOCTTY)
            let screen = try open()
            #expect(fcntl(other, F_GETFL) & O_NONBLOCK == 0)
            screen.close()
            Foundation.close(other)
        }
    }

    @UIActor private final class Counter {
        var count = 0
    }
}

extension AsyncStream where Element: Sendable {
    /// The next element; to be asked for one at a time.
    var next: Element? {
        get async {
            for await element in self { return element }
            return nil
        }
    }
}
