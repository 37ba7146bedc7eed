import Events
import Settings
import Testing

struct ReceiverTests {
    @Test func `receivers are read with their pace and their choice`() {
        let reading = read(
            """
            notify:
              - webhook: http://pager:9000/hook
                name: pager
                token: env:PAGER
                severity: critical
                matchers: [team=shop, 'env!~"test|dev"']
                group_by: [alertname, service]
                group_wait: 0s
                group_interval: 2m
                repeat_interval: never
              - command: [/usr/bin/page, --loud]
                deadline: 3s
              - alertmanager: http://am:9093/
              - webhook: file:/run/secrets/chat
              - bell: true
              - desktop: true
            """)
        #expect(reading.problems == [])
        let receivers = reading.configuration.receivers
        #expect(
            receivers.map(\.name) == [
                "pager", "command", "alertmanager", "webhook", "bell", "desktop",
            ])
        #expect(receivers.map(\.isLocal) == [false, false, false, false, true, true])
        guard receivers.count == 6 else { return }
        let pager = receivers[0]
        #expect(pager.channel == .webhook(Secret("http://pager:9000/hook")))
        #expect(pager.token == Secret("http://hush"))
        #expect(pager.severity == .critical)
        #expect(pager.matchers.map(\.description) == ["team=\"shop\"", "env!~\"test|dev\""])
        #expect(pager.groupBy == ["alertname", "service"])
        #expect(pager.groupWait == .zero && pager.groupInterval == .seconds(120))
        #expect(pager.repeatInterval == nil)
        #expect(receivers[1].channel == .command(["/usr/bin/page", "--loud"]))
        #expect(receivers[1].deadline == .seconds(3))
        #expect(receivers[1].repeatInterval == .seconds(4 * 3600))
        #expect(receivers[2].channel == .alertmanager(Secret("http://am:9093")))
        #expect(receivers[3].channel == .webhook(Secret("http://hush")))
        #expect(!"\(receivers)".contains("hush"))
    }

    @Test func `who is not named gets a number, and two of one name are refused`() {
        let reading = read("notify:\n  - bell: true\n  - bell: true\n  - {bell: true, name: bell}")
        #expect(reading.configuration.receivers.map(\.name) == ["bell", "bell-2"])
        #expect(
            reading.problems.map(\.description) == [
                "c.yaml:4:5: two receivers have this name, and ledgers tell by it who was told; "
                    + "name one differently"
            ])
    }

    @Test func `nobody is told anything by default`() {
        #expect(read("environment: x").configuration.receivers == [])
    }

    @Test(arguments: [
        (
            "{webhok: http://x}",
            "6: \"webhok\" is no way to tell anybody; did you mean webhook?; "
                + "the first key is one of webhook, command, alertmanager, bell, desktop"
        ),
        ("bell", "5: expected `KIND: TARGET`, as in `- webhook: http://pager:9000`"),
        (
            "{webhook: 'http://x/hook?token=s3cr3t'}",
            "15: what follows a ? or stands before an @ may be a secret; "
                + "write `webhook: env:NAME`, and the whole address there"
        ),
        ("{webhook: 'x:9000'}", "15: an address needs its scheme: write http://HOST:PORT"),
        (
            "{webhook: 'consul://pager'}",
            "15: a receiver is not looked up in a registry; write http://HOST:PORT/PATH"
        ),
        (
            "{webhook: 'http://x:1', token: s3cr3t}",
            "36: \"token\" must be a reference, never the secret: "
                + "env:NAME, file:PATH or exec:COMMAND"
        ),
        (
            "{command: page --loud}",
            "15: a command is a list of the program and its arguments, "
                + "as in [/usr/bin/page, --loud]"
        ),
        ("{command: []}", "15: the command names no program"),
        ("{bell: false}", "12: write `bell: true`, or leave this receiver out"),
        (
            "{bell: true, severity: loud}",
            "28: \"severity\" is the least that is told: info, warning or critical"
        ),
        (
            "{bell: true, group_wait: soon}",
            "30: \"group_wait\" is a duration, as in 500ms, 10s, 15m or 1h30m"
        ),
        (
            "{bell: true, group_by: ['...', a]}",
            "28: ... is every label: nothing else stands beside it"
        ),
        (
            "{bell: true, matchers: ['a=~\"(\"']}",
            "28: \"(\" is no regular expression: missing ): ("
        ),
        (
            "{alertmanager: 'http://x:1', groupwait: 1s}",
            "34: unknown key; one of alertmanager, name, severity, matchers, deadline, token, "
                + "ca, certificate, key"
        ),
    ])
    func `what is wrong is said with its place and its remedy`(entry: String, message: String) {
        let problems = read("notify:\n  - \(entry)").problems.map(\.description)
        #expect(problems == ["c.yaml:2:\(message)"])
    }

    private func read(_ text: String) -> ConfigurationReading {
        ConfigurationReader.read(text, file: "c.yaml", themes: ["dark"]) { _ in
            Secret("http://hush")
        }
    }
}
