// EtcdInstanceTests: values that services register themselves with.
import Testing

@testable import Feeds

struct EtcdInstanceTests {
    private func instance(_ value: String) -> EtcdInstance { EtcdInstance(Array(value.utf8)) }

    @Test(arguments: [
        #"{"Op":0,"Addr":"10.1.1.1:7001","Metadata":null}"#,
        #"{"Op":0,"Addr":"10.1.1.1:7001","Metadata":"blue"}"#,
        #"{"Op":0,"Addr":"10.1.1.1:7001","Metadata":[1,{}]}"#,
        #"{"Addr":"10.1.1.1:7001"}"#,
        #"{"address":"10.1.1.1","port":7001}"#,
        #"{"address":"10.1.1.1","port":"7001"}"#,
        #"{"address":"10.1.1.1:7001","port":7001}"#,
        #"{"host":"10.1.1.1","port":7001,"priority":10}"#,
        #"{"endpoints":["grpc://10.1.1.1:7001?isSecure=false","http://10.1.1.1:80"]}"#,
        #"{"name":"greeter","nodes":[{"id":"1","address":"10.1.1.1:7001"}]}"#,
        "10.1.1.1:7001",
        #""10.1.1.1:7001""#,
    ])
    func `an address is found in each layout`(value: String) {
        #expect(instance(value).address == "10.1.1.1:7001")
        #expect(instance(value).trouble == nil)
    }

    @Test(arguments: [
        #"{"Op":0,"Addr":"a:1","Metadata":{"version":"v2","zone":"b","config_version":"42"}}"#,
        #"{"address":"a","port":1,"version":"v2","zone":"b","metadata":{"config_version":42}}"#,
        #"{"nodes":[{"address":"a:1","metadata":{"version":"v2","zone":"b","config_version":42}}]}"#,
    ])
    func `version, zone and configuration version are told`(value: String) {
        let instance = instance(value)
        #expect(instance.version == "v2")
        #expect(instance.zone == "b")
        #expect(instance.configVersion == "42")
    }

    @Test func `what is empty or no text is not known`() {
        let instance = instance(
            #"{"Addr":"a:1","Metadata":{"version":"","zone":null,"config_version":{}}}"#)
        #expect(instance.version == nil && instance.zone == nil && instance.configVersion == nil)
    }

    @Test func `an IPv6 address stands in brackets before its port`() {
        #expect(instance(#"{"address":"::1","port":80}"#).address == "[::1]:80")
        #expect(instance("[fe80::1]:80").address == "[fe80::1]:80")
    }

    @Test(arguments: [
        "", "hello", "{", "{}", "[]", "null", "7", "true", #"{"Addr":""}"#, #"{"Addr":{}}"#,
        "<html>:80", "a b:80", ":80", "a:99999", "fe80::1", "{\"Addr\":\"a:1\"", "\u{0}\u{1}",
    ])
    func `a value without an address says why`(value: String) {
        let instance = instance(value)
        #expect(instance.address == "")
        #expect(instance.trouble?.hasPrefix("the value") == true)
    }

    @Test func `bytes that are no text are no instance`() {
        #expect(EtcdInstance([0xFF, 0xFE, 0x00, 0x7B]).trouble != nil)
    }
}
