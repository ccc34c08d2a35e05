package dev.lambdaconfig.hostile;

import java.util.List;
import java.util.Random;

/** Answers of STS that have something wrong in a few places. */
final class HostileXml {

  /** A session, as STS answers it. */
  static final String SESSION =
      """
      <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
      <AssumeRoleWithWebIdentityResult><SubjectFromWebIdentityToken>fn</SubjectFromWebIdentityToken>
      <AssumedRoleUser><Arn>arn:aws:sts::210987654321:assumed-role/writer/team@writer</Arn>
      <AssumedRoleId>AROA:team</AssumedRoleId></AssumedRoleUser>
      <Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
      <SessionToken>token</SessionToken><Expiration>2035-01-01T00:00:00Z</Expiration></Credentials>
      </AssumeRoleWithWebIdentityResult>
      <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>
      </AssumeRoleWithWebIdentityResponse>
      """;

  private static final String ERROR =
      """
      <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
      <Code>InvalidIdentityToken</Code><Message>fn</Message></Error><RequestId>r</RequestId>
      </ErrorResponse>
      """;

  private static final List<String> VALUES =
      List.of(
          "fn",
          "ASIA",
          "token",
          "secret",
          "2035-01-01T00:00:00Z",
          "arn:aws:sts::210987654321:assumed-role/writer/team@writer",
          "InvalidIdentityToken",
          "Sender");

  private static final String ENTITIES =
      "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\">%s]>"
          .formatted(
              """
              <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
              <!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">
              <!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;">
              <!ENTITY x SYSTEM "file:///etc/hostname">\
              """);

  private final Random random;
  private final HostileText texts;

  HostileXml(Random random) {
    this.random = random;
    this.texts = new HostileText(random);
  }

  /** A session or an error with something wrong in it. */
  String mutated() {
    String xml = random.nextBoolean() ? SESSION : ERROR;
    String value = VALUES.get(random.nextInt(VALUES.size()));
    int depth = 1 + random.nextInt(100_000);
    return switch (random.nextInt(8)) {
      case 0 -> xml.replace(value, "");
      case 1 -> xml.replace(value, "<![CDATA[" + texts.next(5000) + "]]>");
      case 2 -> xml.replace(value, "<a>".repeat(depth) + "</a>".repeat(depth));
      case 3 -> "<a>".repeat(depth) + xml;
      case 4 -> ENTITIES + xml.replace(value, random.nextBoolean() ? "&g;" : "&x;");
      case 5 -> xml.replaceFirst("<(\\w+)>", "<$1/><$1>");
      case 6 -> texts.mutated(xml);
      default -> xml.replace(value, texts.next(5000));
    };
  }
}
