package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP handler of STS, form-encoded and answered in XML: AssumeRoleWithWebIdentity, unsigned,
 * and AssumeRole, signed.
 */
final class StsApi extends ApiHandler {

  private static final String BY_TOKEN = "AssumeRoleWithWebIdentity";
  private static final String SIGNED = "AssumeRole";

  /** The operations. */
  static final List<String> OPERATIONS = List.of(BY_TOKEN, SIGNED);

  private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
  private static final String TOKEN = "WebIdentityToken";
  private static final Pattern ROLE =
      Pattern.compile("arn:aws(-[a-z-]+)?:iam::([0-9]{12}):role/[\\w+=,.@/-]+");
  private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");

  private final SimulatedIam iam;
  private final String region;

  StsApi(SimulatedIam iam, String region, Faults faults, RequestLog log, InstantSource clock) {
    super(faults, log, clock);
    this.iam = iam;
    this.region = region;
  }

  /** Whether a request is for STS: all of Lambda's have a path. */
  static boolean isMeant(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("POST")
        && exchange.getRequestURI().getPath().equals("/");
  }

  @Override
  ApiCall read(HttpExchange exchange) throws IOException {
    Map<String, List<String>> form = new HashMap<>();
    ObjectNode logged = Json.object();
    String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    for (String pair : sent.split("&", -1)) {
      int equals = Math.max(0, pair.indexOf('='));
      String name = decoded(pair.substring(0, equals));
      String value = decoded(pair.substring(equals + 1));
      form.put(name, List.of(value));
      if (!name.equals(TOKEN)) {
        logged.put(name, value);
      }
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    var role = ROLE.matcher(form.getOrDefault("RoleArn", List.of("")).getFirst());
    return new ApiCall(
        form.getOrDefault("Action", List.of("Unknown")).getFirst(),
        null,
        null,
        role.matches() ? role.group(2) : "",
        region,
        CallReader.accessKey(authorization),
        form,
        logged,
        exchange.getRequestHeaders().getFirst("User-Agent"),
        null);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  Answer perform(ApiCall call, UpdateEffects effects, List<String> unknownMembers) {
    if (!OPERATIONS.contains(call.operation())) {
      throw new ApiError(400, "InvalidAction", "Could not find operation " + call.operation());
    }
    String role = parameter(call, "RoleArn");
    if (!ROLE.matcher(role).matches()) {
      throw new ApiError(400, "ValidationError", role + " is invalid");
    }
    String name = parameter(call, "RoleSessionName");
    if (!SESSION_NAME.matcher(name).matches()) {
      throw new ApiError(
          400,
          "ValidationError",
          "1 validation error detected: Value '%s' at 'roleSessionName' failed to satisfy constraint"
              .formatted(name));
    }
    String duration = call.parameter("DurationSeconds");
    long seconds = duration == null ? 3600 : Long.parseLong(duration);
    if (seconds < 900 || seconds > 43200) {
      throw new ApiError(
          400,
          "ValidationError",
          "1 validation error detected: Value '%d' at 'durationSeconds' failed to satisfy constraint"
              .formatted(seconds));
    }
    Duration requested = Duration.ofSeconds(seconds);
    if (call.operation().equals(BY_TOKEN)) {
      SimulatedIam.Session session = iam.assume(role, name, parameter(call, TOKEN), requested);
      return new Answer(200, Json.valueOf(xml(session)), null, Map.of());
    }
    if (call.accessKeyId() == null) {
      throw new ApiError(
          403, "MissingAuthenticationToken", "Request is missing Authentication Token");
    }
    SimulatedIam.Session session =
        iam.assume(role, name, call.parameter("ExternalId"), tags(call), requested);
    return new Answer(200, Json.valueOf(signedXml(session)), null, Map.of());
  }

  /** The session tags: {@code Tags.member.1.Key} and so on. */
  private static Map<String, String> tags(ApiCall call) {
    Map<String, String> tags = new HashMap<>();
    for (int i = 1; call.parameter("Tags.member." + i + ".Key") != null; i++) {
      tags.put(
          parameter(call, "Tags.member." + i + ".Key"),
          parameter(call, "Tags.member." + i + ".Value"));
    }
    return tags;
  }

  private static String signedXml(SimulatedIam.Session session) {
    return """
    <AssumeRoleResponse xmlns="%s"><AssumeRoleResult>
    <AssumedRoleUser><Arn>%s</Arn><AssumedRoleId>AROASIMULATED:session</AssumedRoleId></AssumedRoleUser>
    <Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey>
    <SessionToken>%s</SessionToken><Expiration>%s</Expiration></Credentials></AssumeRoleResult>
    <ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata></AssumeRoleResponse>
    """
        .formatted(
            NAMESPACE,
            session.arn(),
            session.accessKeyId(),
            session.secretAccessKey(),
            session.sessionToken(),
            session.expiration().truncatedTo(ChronoUnit.SECONDS),
            UUID.randomUUID());
  }

  private static String parameter(ApiCall call, String name) {
    String value = call.parameter(name);
    if (value == null) {
      throw new ApiError(
          400,
          "ValidationError",
          "1 validation error detected: Value null at '" + name + "' failed to satisfy constraint");
    }
    return value;
  }

  private static String xml(SimulatedIam.Session session) {
    return """
    <AssumeRoleWithWebIdentityResponse xmlns="%s"><AssumeRoleWithWebIdentityResult>
    <SubjectFromWebIdentityToken>%s</SubjectFromWebIdentityToken><Audience>%s</Audience>
    <AssumedRoleUser><Arn>%s</Arn><AssumedRoleId>AROASIMULATED:session</AssumedRoleId></AssumedRoleUser>
    <Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey>
    <SessionToken>%s</SessionToken><Expiration>%s</Expiration></Credentials>
    <Provider>%s</Provider></AssumeRoleWithWebIdentityResult>
    <ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata></AssumeRoleWithWebIdentityResponse>
    """
        .formatted(
            NAMESPACE,
            session.subject(),
            session.audience(),
            session.arn(),
            session.accessKeyId(),
            session.secretAccessKey(),
            session.sessionToken(),
            session.expiration().truncatedTo(ChronoUnit.SECONDS),
            session.provider(),
            UUID.randomUUID());
  }

  @Override
  void send(HttpExchange exchange, Answer answer) throws IOException {
    String code = answer.errorCode();
    String body =
        code == null
            ? String.valueOf(answer.body() == null ? "" : answer.body().asText())
            : error(answer, code);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String error(Answer answer, String code) {
    return """
    <ErrorResponse xmlns="%s"><Error><Type>%s</Type><Code>%s</Code><Message>%s</Message></Error>
    <RequestId>%s</RequestId></ErrorResponse>
    """
        .formatted(
            NAMESPACE,
            answer.status() >= 500 ? "Receiver" : "Sender",
            escaped(code),
            escaped(message(answer)),
            UUID.randomUUID());
  }

  private static @Nullable String message(Answer answer) {
    if (answer.body() == null) {
      return null;
    }
    String small = answer.body().path("message").asText();
    return small.isEmpty() ? answer.body().path("Message").asText() : small;
  }

  private static String escaped(@Nullable String text) {
    return text == null ? "" : text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
