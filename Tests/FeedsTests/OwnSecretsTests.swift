// OwnSecretsTests: what a server says back of our own secrets is not repeated.
import Events
import Network
import TestKit
import Testing

@testable import Feeds

struct OwnSecretsTests {
    /// A server that refuses everything and writes down what it was sent.
    private static func gossip(_ text: String, status: Int) -> Shelf {
        let padding = String(repeating: ".", count: 150)
        return Shelf { (request) throws(NetworkError) in
            let sent = request.headers.map(\.value).joined(separator: " ")
            return HTTPAnswer(status: status, body: Array("\(text) \(sent) \(padding)".utf8))
        }
    }

    @Test(arguments: [401, 403, 429, 500])
    func `a token that a refusal repeats is hidden`(status: Int) async {
        let words = "token hush-hush-hush is not known"
        for world in [WatchedWorld.registry, .config] {
            let told = await run(world, on: Self.gossip(words, status: status)) {
                $0.token = Secret("hush-hush-hush")
            }
            #expect(told.error?.description.contains("hush") == false)
            #expect(told.error?.description.contains("is not known") == true)
        }
    }

    @Test func `a password in an address is hidden, plain and as it is sent`() async {
        let words = "no dTpodXNoL2h1c2g= hush/hush, hush%2Fhush hush%2fhush dTpodXNoL2h1c2g%3D"
        let told = await run(on: Self.gossip(words, status: 403)) {
            $0.url = "http://u:hush%2Fhush@consul:8500"
        }
        let sentence = told.error?.description
        #expect(sentence?.contains("dTpodXNo") == false)
        #expect(sentence?.contains("hush") == false)
    }

    @Test func `a secret across the end of the quoted words is not quoted in half`() async {
        let words = String(repeating: "-", count: 150) + "hush-hush-hush-hush"
        let told = await run(on: Self.gossip(words, status: 403)) {
            $0.token = Secret("hush-hush-hush-hush")
        }
        #expect(told.error?.description.contains("hush") == false)
    }

    @Test(arguments: [0, 390, 396])
    func `a token in a check's output is hidden, even where the output is cut`(padding: Int) throws
    {
        var settings = FeedSettings.etcd("http://etcd:2379")
        settings.token = Secret("hush-hush-hush")
        let kept = CheckOutput(limit: 400, secrets: OwnSecrets(settings))
        let output = String(repeating: "-", count: padding) + "hush-hush-hush is refused"
        var scanner = JSONScanner(Array("\"\(output)\"".utf8))
        let text = try kept.read(&scanner)
        #expect(text.contains("••••") && !text.contains("hush") && text.count <= 400)
    }

    @Test(arguments: [
        ("GET /x?token=hunter2&a=1 HTTP/1.1", "GET /x?token=••••••&a=1 HTTP/1.1"),
        (#"X-Consul-Token: "hunter2", ok"#, #"X-Consul-Token: "••••••", ok"#),
        ("db_password='hunter2' ok", "db_password='••••••' ok"),
        (#"{\"token\": \"hunter2\"}"#, #"{\"token\": \"••••••"}"#),
        (
            "p_a_s_s_w_o_r_d=hunter2 connection-string=hunter2",
            "p_a_s_s_w_o_r_d=•••••• connection-string=••••••"
        ),
        ("HTTP GET http://10.0.0.1:80/health: 200 OK Output: fine", nil),
        ("cache_key=7; tokens: , key of map: 3 = three", nil), ("password=", nil), ("=::=", nil),
    ])
    func `what a check assigns to a secret's name is hidden`(output: String, shown: String?) {
        #expect(SecretShape.withoutAssignments(output) == shown ?? output)
    }

    @Test func `an etcd that repeats password and token is not repeated`() async throws {
        var settings = FeedSettings.etcd("http://me:hush@etcd:2379")
        let refusal = #"{"code":3,"message":"etcdserver: hush is wrong"}"#
        var answer = HTTPAnswer.json(refusal)
        answer.status = 400
        let shelf = Shelf([
            "/v3/auth/authenticate": [answer], "/v3/kv/range": [answer],
        ])
        let byPassword = await supervise(EtcdRegistry(settings, shelf), Listener())
        (settings.url, settings.token) = ("http://etcd:2379", Secret("hush"))
        let byToken = await supervise(EtcdRegistry(settings, shelf), Listener())
        for sentence in byPassword + byToken {
            #expect(sentence.contains("•••••• is wrong"))
        }
        #expect(byPassword.count == 1 && byToken.count == 1)
    }
}
