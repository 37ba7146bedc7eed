// CommandSender: runs a program for each notice: JSON on its standard input, the gist in variables.
import Dispatch
import Events
import Feeds
import Glibc
import Wording

struct CommandSender: NoticeSender {
    let words: [String]
    /// What a program gets of our own environment, such as `PATH`.
    let environment: [String: String]
    let deadline: Duration

    func send(_ notice: Notice) async throws(DeliveryError) {
        let child = ChildProcess(
            words: words,
            environment: environment.merging(Self.variables(notice)) { _, own in own },
            input: WebhookBody(notice).json, deadline: deadline)
        let end = await withCheckedContinuation { waiter in
            DispatchQueue.global().async { waiter.resume(returning: child.run()) }
        }
        switch end {
        case .exited(0, _): return
        case .exited(let code, let complaint):
            throw DeliveryError(
                "(\(program)) ended with \(code)\(said(complaint))", isPassing: true)
        case .signalled(let signal, let complaint):
            throw DeliveryError(
                "(\(program)) was ended by signal \(signal)\(said(complaint))", isPassing: true)
        case .tooSlow:
            throw DeliveryError(
                "(\(program)) did not end within \(length(milliseconds: deadline.milliseconds))",
                isPassing: true)
        case .notStarted(let code):
            throw DeliveryError(
                "(\(program)) cannot be started: \(String(cString: strerror(code)))",
                isPassing: false)
        }
    }

    /// The name of the program; its arguments may be secrets.
    private var program: String {
        words.first?.split(separator: "/").last.map(String.init) ?? "nothing"
    }

    /// The first words of what it complained of, without what is, or looks like, a secret.
    private func said(_ complaint: String) -> String {
        let secrets = words.dropFirst() + environment.filter { $0.key.isSecretive }.values
        let hidden = secrets.filter { $0.count > 3 }.sorted { $0.count > $1.count }
            .reduce(complaint) { $0.replacing($1, with: "••••••") }
        let line = hidden.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let shown = Secrecy.redacted(line).filter { !$0.isControl }.prefix(120)
        return shown.isEmpty ? "" : " (\(shown))"
    }

    static func variables(_ notice: Notice) -> [String: String] {
        let service = notice.commonLabels["service"]
        return [
            "CLAWTOP_ALERT": notice.subject,
            "CLAWTOP_STATE": notice.isFiring ? "firing" : "resolved",
            "CLAWTOP_SEVERITY": notice.severity.rawValue,
            "CLAWTOP_TITLE": notice.title,
            "CLAWTOP_TEXT": notice.text,
            "CLAWTOP_REASON": notice.reason.words,
            "CLAWTOP_SERVICE": service,
            "CLAWTOP_COUNT": "\(notice.items.count + notice.truncated)",
            "CLAWTOP_FINGERPRINTS": notice.items.map(\.alert.fingerprint).joined(separator: " "),
            "CLAWTOP_RECEIVER": notice.receiver.name,
            "CLAWTOP_ENVIRONMENT": notice.environment,
            "CLAWTOP_GROUP": notice.key,
        ].mapValues { String($0.filter { $0 != "\0" }.prefix(8192)) }
    }
}

extension String {
    /// Whether a variable of this name holds what nobody should read.
    fileprivate var isSecretive: Bool {
        let name = uppercased()
        return ["TOKEN", "SECRET", "PASS", "KEY", "CREDENTIAL", "AUTH"].contains(
            where: name.contains)
    }
}

extension Character {
    fileprivate var isControl: Bool {
        unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
