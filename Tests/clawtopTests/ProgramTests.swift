import CommandLine
import Events
import Foundation
import TestKit
import Testing

@testable import clawtop

struct ProgramTests {
    @Test(arguments: [
        ("once --fromat json", "clawtop: unknown option --fromat; did you mean --format?\n"),
        ("oncee", "clawtop: unknown command oncee; did you mean once?\n"),
        (
            "--feed consil=http://x:1",
            "clawtop: --feed consil=… is no kind of server; did you mean consul?; "
                + "one of consul, etcd, lra, zipkin, metrics, prometheus, alertmanager\n"
        ),
        (
            "--feed consul=x:1",
            "clawtop: --feed consul=…: an address needs its scheme: write http://HOST:PORT\n"
        ),
        (
            "once --window soon",
            "clawtop: --window soon is no duration; write it as in 90s, 15m or 1h30m\n"
        ),
        (
            "demo --incident slow-paymnt",
            "clawtop: --incident is one of slow-payment, crashed-instance, bad-config, "
                + "stuck-compensation, flapping-check, dead-registry, not slow-paymnt; "
                + "did you mean slow-payment?\n"
        ),
    ])
    func `wrong usage ends with 2 and its remedy`(line: String, message: String) {
        let outcome = run(line)
        #expect(outcome == Outcome(.usage, message, isError: true))
    }

    @Test func `with nothing named it says how to name a feed, and points to the demo`() {
        let outcome = run("once", ["HOME": "/nowhere"])
        #expect(outcome.code == .usage)
        #expect(outcome.output.contains("--feed consul=http://127.0.0.1:8500"))
        #expect(outcome.output.contains("clawtop demo"))
    }

    @Test func `a refused server is told by once in words and by its exit code`() throws {
        let ended = try TestKit.run(
            builtProgram,
            ["once", "--format", "json", "--feed", "lra=http://127.0.0.1:1/lra-coordinator"])
        #expect(ended.code == 3)
        #expect(ended.printed.contains("\"state\": \"lost\""))
        #expect(ended.printed.contains("127.0.0.1:1/lra-coordinator refused the connection"))
    }

    @Test func `a password in an address is printed nowhere`() throws {
        let ended = try TestKit.run(
            builtProgram, ["doctor", "--feed", "zipkin=http://me:s3cr3t@127.0.0.1:1"])
        #expect(ended.code == 3)
        #expect(!ended.printed.contains("s3cr3t"))
    }

    @Test(arguments: [
        "once --feed http://me:s3cr3t@h:1", "once --feed http://me:s3cr3t@h:1/?a=b",
        "once consul=http://me:s3cr3t@h:1", "http://me:s3cr3t@h:1",
        "once --format consul=http://me:s3cr3t@h:1", "--http://me:s3cr3t@h:1",
        "once --feed consul=http://me:s3cr3t@", "once --feed consul=http://me:s3cr3t",
        "once --feed consul=http://me:s3cr3t/x@h:1", "once --feed consul=me:s3cr3t://h:1",
        "once --feed consul=h:1?token=s3cr3t", "once --feed consul=http://h:1?token=s3cr3t",
    ])
    func `wrong usage does not repeat the password in an address`(line: String) {
        let outcome = run(line)
        #expect(outcome.code == .usage)
        #expect(!outcome.output.contains("s3cr3t"))
    }

    @Test func `the version is told, whatever else is asked for`() {
        let expected = "clawtop \(Clawtop.version)\n"
        #expect(Program(["--version"], variables: [:]).run().output == expected)
        #expect(Program(["once", "--version"], variables: [:]).run().output == expected)
    }

    @Test(arguments: [
        "", "once ", "demo ", "doctor ", "check ", "completions ", "watch ", "alerts ", "ack ",
        "note ", "mute ", "unmute ", "mutes ",
    ])
    func `each help page fits eighty columns`(command: String) {
        let lines = run("\(command)--help").output.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 80 })
    }

    @Test func `output that cannot be written is no state`() throws {
        let script = "\"$0\" once --feed lra=http://127.0.0.1:1 > /dev/full; echo ended with $?"
        let ended = try TestKit.run("/bin/sh", ["-c", script, builtProgram])
        #expect(ended.printed.contains("the output cannot be written"))
        #expect(ended.printed.contains("ended with 3"))
    }

    @Test func `it may open as many files as the system lets it`() throws {
        let configuration = "/tmp/clawtop-test-\(UUID()).yaml"
        defer { try? FileManager.default.removeItem(atPath: configuration) }
        // The command inherits our limits, and fails where we left room.
        try """
        feeds:
          registry:
            - consul: http://127.0.0.1:1
              token: exec:test $(ulimit -Sn) = $(ulimit -Hn) && echo enough
        """.write(toFile: configuration, atomically: true, encoding: .utf8)
        let line = "ulimit -Sn 64; exec \"$0\" doctor --config \"$1\""
        let ended = try TestKit.run("/bin/sh", ["-c", line, builtProgram, configuration])
        #expect(ended.printed.contains("127.0.0.1:1 refused the connection"))
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completions name the commands and the incidents`(shell: String) {
        let outcome = run("completions \(shell)")
        #expect(outcome.output.contains("doctor"))
        #expect(outcome.output.contains("stuck-compensation"))
    }

    @Test(arguments: [
        ("do", "doctor"), ("completions z", "zsh"), ("once --format j", "json"),
        ("demo --incident b", "bad-config"), ("demo --incident = d", "dead-registry"),
        ("--config /etc/hostn", "/etc/hostname"), ("rules check /etc/hostn", "/etc/hostname"),
        ("rules test --ju", "--junit"),
    ])
    func `bash completes a word`(typed: String, word: String) throws {
        let script = """
            eval "$("$0" completions bash)"
            COMP_WORDS=(clawtop $1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _clawtop; echo "${COMPREPLY[*]}"
            """
        let ended = try TestKit.run("bash", ["-c", script, builtProgram, typed])
        #expect(ended.printed.contains("\(word)\n"))
    }

    private func run(_ line: String, _ variables: [String: String] = [:]) -> Outcome {
        Program(line.split(separator: " ").map(String.init), variables: variables).run()
    }
}

struct WatchPlanTests {
    @Test func `the variables of Consul's and etcd's tools name feeds`() throws {
        let plan = try WatchPlanner(
            invocation: Invocation(),
            variables: [
                "HOME": "/nowhere", "CONSUL_HTTP_ADDR": "10.0.0.7:8500",
                "CONSUL_HTTP_TOKEN": "hush", "ETCDCTL_ENDPOINTS": "http://e1:2379,http://e2:2379",
            ]
        ).plan()
        #expect(plan.feeds.map(\.url) == ["http://10.0.0.7:8500", "http://e1:2379"])
        #expect(plan.feeds.first?.token?.revealed == "hush")
        #expect(!"\(plan)".contains("hush"))
    }

    @Test func `a variable that holds no address is said, without its password`() {
        let planner = WatchPlanner(
            invocation: Invocation(),
            variables: ["HOME": "/nowhere", "CONSUL_HTTP_ADDR": "http://me:s3cr3t@h:99999"])
        #expect(throws: PlanError.self) { try planner.plan() }
        do {
            _ = try planner.plan()
        } catch {
            let sentence = "the port is no number up to 65535; write http://HOST:PORT"
            #expect(error.lines == ["CONSUL_HTTP_ADDR: \(sentence)"])
        }
    }

    @Test func `a second server of a kind has a name of its own`() throws {
        var invocation = Invocation()
        invocation.feeds = [
            .init(kind: .zipkin, url: "http://a:1"), .init(kind: .zipkin, url: "http://b:1"),
        ]
        let plan = try WatchPlanner(invocation: invocation, variables: ["HOME": "/nowhere"]).plan()
        #expect(plan.feeds.map(\.name) == ["zipkin", "zipkin-2"])
    }
}
