package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * IAM and STS as far as web identities need them: identity providers, roles with their trust and
 * permissions, and the sessions that were handed out. Callers with other access keys may do
 * everything.
 */
public final class SimulatedIam {

  private static final String PREFIX = "ASIASIM";

  /**
   * An OpenID Connect provider of an account.
   *
   * @param keySet the JSON Web Key Set that the issuer serves
   */
  private record Provider(Set<String> audiences, Supplier<String> keySet) {}

  /** A role session with its temporary credentials. */
  record Session(
      SimulatedRole role,
      String arn,
      String subject,
      String audience,
      String provider,
      String accessKeyId,
      String secretAccessKey,
      String sessionToken,
      Instant expiration) {}

  private final InstantSource clock;
  private final Map<String, Provider> providers = new ConcurrentHashMap<>();
  private final Map<String, SimulatedRole> roles = new ConcurrentHashMap<>();
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final List<String> secrets = new CopyOnWriteArrayList<>();
  private volatile @Nullable Duration sessionLife;

  SimulatedIam(InstantSource clock) {
    this.clock = clock;
  }

  /** Makes an issuer known to an account, as {@code aws iam create-open-id-connect-provider}. */
  public void createProvider(
      String account, String issuer, Set<String> audiences, Supplier<String> keySet) {
    providers.put(account + " " + issuer, new Provider(audiences, keySet));
  }

  /**
   * Makes the issuer of a cluster's tokens known to an account.
   *
   * @param documents reads what the issuer serves, by its path
   */
  public void createProvider(
      String account, Set<String> audiences, UnaryOperator<String> documents) {
    String issuer =
        Json.parse(documents.apply("/.well-known/openid-configuration")).path("issuer").asText();
    createProvider(account, issuer, audiences, () -> documents.apply("/openid/v1/jwks"));
  }

  /** The role of an ARN, which is created on first use and trusts nobody. */
  public SimulatedRole role(String arn) {
    return roles.computeIfAbsent(arn, SimulatedRole::new);
  }

  public void deleteRole(String arn) {
    roles.remove(arn);
  }

  /** Limits the life of new sessions, also below the 900 seconds that AWS allows. */
  public void limitSessions(Duration life) {
    sessionLife = life;
  }

  /** All tokens that arrived, and all secret keys and session tokens that were handed out. */
  public List<String> secrets() {
    return List.copyOf(secrets);
  }

  /** The ARN of the role session that has an access key. */
  public @Nullable String sessionOf(@Nullable String accessKeyId) {
    Session session = accessKeyId == null ? null : sessions.get(accessKeyId);
    return session == null ? null : session.arn();
  }

  /** The account of an access key, or null if it is of no session. */
  @Nullable String accountOf(String accessKeyId) {
    Session session = sessions.get(accessKeyId);
    return session == null ? null : session.role().account();
  }

  /**
   * Refuses a call that the role of its access key does not allow.
   *
   * @param arn the function's ARN, or {@code *}
   */
  void authorize(ApiCall call, String arn) {
    String accessKey = call.accessKeyId();
    if (accessKey == null || !accessKey.startsWith(PREFIX)) {
      return;
    }
    Session session = sessions.get(accessKey);
    if (session == null || !session.sessionToken().equals(call.sessionToken())) {
      throw new ApiError(
          403,
          "UnrecognizedClientException",
          "The security token included in the request is invalid.");
    }
    if (!clock.instant().isBefore(session.expiration())) {
      throw new ApiError(
          403, "ExpiredTokenException", "The security token included in the request is expired");
    }
    String action = "lambda:" + call.operation();
    String function = call.functionName() == null ? "*" : call.functionName();
    if (!session.role().isAllowed(action, function)) {
      throw new ApiError(
          403,
          "AccessDeniedException",
          "User: "
              + session.arn()
              + " is not authorized to perform: "
              + action
              + " on resource: "
              + arn
              + " because no identity-based policy allows the "
              + action
              + " action");
    }
  }

  /** Carries out AssumeRoleWithWebIdentity, of parameters that are well-formed. */
  Session assume(String roleArn, String sessionName, String text, Duration requested) {
    secrets.add(text);
    IdentityToken token = IdentityToken.parse(text);
    if (token == null) {
      throw invalidToken("The ID Token provided is not a valid JWT.");
    }
    String account = roleArn.split(":", -1)[4];
    Provider provider = providers.get(account + " " + token.issuer());
    if (provider == null) {
      throw invalidToken("No OpenIDConnect provider found in your account for " + token.issuer());
    }
    String audience = audience(token, provider);
    verify(token, provider);
    SimulatedRole role = roles.get(roleArn);
    if (role == null || !role.isTrusting(token.subject())) {
      throw new ApiError(
          403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
    }
    return open(
        role,
        sessionName,
        token.subject(),
        audience,
        "arn:aws:iam::"
            + role.account()
            + ":oidc-provider/"
            + token.issuer().replaceFirst("^https://", ""),
        requested);
  }

  /**
   * Carries out AssumeRole, of parameters that are well-formed, for the identity of the operator.
   *
   * @param tags the session tags
   */
  Session assume(
      String roleArn,
      String sessionName,
      @Nullable String externalId,
      Map<String, String> tags,
      Duration requested) {
    SimulatedRole role = roles.get(roleArn);
    if (role == null || !role.isTrustingOperator(externalId)) {
      throw notAuthorized("sts:AssumeRole", roleArn);
    }
    if (!tags.isEmpty() && !role.isTaggedBy(tags.getOrDefault("kubernetes-namespace", ""))) {
      throw notAuthorized("sts:TagSession", roleArn);
    }
    return open(role, sessionName, "", "", "", requested);
  }

  private static ApiError notAuthorized(String action, String roleArn) {
    return new ApiError(
        403,
        "AccessDenied",
        "User: arn:aws:sts::123456789012:assumed-role/operator/session is not authorized to"
            + " perform: "
            + action
            + " on resource: "
            + roleArn);
  }

  private static String audience(IdentityToken token, Provider provider) {
    return token.audiences().stream()
        .filter(provider.audiences()::contains)
        .findFirst()
        .orElseThrow(() -> invalidToken("Incorrect token audience"));
  }

  private void verify(IdentityToken token, Provider provider) {
    JsonNode key = token.keyIn(Json.parse(provider.keySet().get()));
    if (key == null) {
      throw invalidToken(
          "Couldn't retrieve verification key from your identity provider,  please reference"
              + " AssumeRoleWithWebIdentity documentation for requirements");
    }
    if (!token.isSignedBy(key)) {
      throw invalidToken("The ID Token provided is not a valid JWT: its signature is invalid");
    }
    Instant now = clock.instant();
    if (!now.isBefore(token.expiration())) {
      throw new ApiError(
          400,
          "ExpiredTokenException",
          "Token expired: current date/time %d must be before the expiration date/time %d"
              .formatted(now.getEpochSecond(), token.expiration().getEpochSecond()));
    }
  }

  private Session open(
      SimulatedRole role,
      String sessionName,
      String subject,
      String audience,
      String provider,
      Duration requested) {
    Duration limit = sessionLife;
    Session session =
        new Session(
            role,
            "arn:aws:sts::" + role.account() + ":assumed-role/" + role.name() + "/" + sessionName,
            subject,
            audience,
            provider,
            PREFIX + secret().substring(0, 13),
            "secret-" + secret(),
            "session-" + secret(),
            clock.instant().plus(limit == null ? requested : limit));
    sessions.put(session.accessKeyId(), session);
    secrets.add(session.secretAccessKey());
    secrets.add(session.sessionToken());
    return session;
  }

  private static String secret() {
    return UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
  }

  private static ApiError invalidToken(String message) {
    return new ApiError(400, "InvalidIdentityToken", message);
  }
}
