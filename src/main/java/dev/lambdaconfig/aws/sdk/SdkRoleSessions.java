package dev.lambdaconfig.aws.sdk;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.identity.RoleSessions;
import dev.lambdaconfig.identity.account.WebIdentityToken;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.identity.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/**
 * The port {@link RoleSessions}, implemented by the AWS SDK. It alone holds the credentials of
 * tenants, and prints none.
 */
final class SdkRoleSessions implements RoleSessions, StateSizes.Source {

  private static final String BY_TOKEN = "AssumeRoleWithWebIdentity";
  private static final String BY_OPERATOR = "AssumeRole";

  private static final Pattern ASSUMED_ROLE =
      Pattern.compile("arn:[a-z-]+:sts::([0-9]{12}):assumed-role/.*");

  private final StsClients clients;
  private final CallListener listener;
  private final Map<String, AwsCredentialsProvider> credentials = new ConcurrentHashMap<>();

  /** Calls through the given clients, and notifies the listener of each call. */
  SdkRoleSessions(StsClients clients, CallListener listener) {
    this.clients = clients;
    this.listener = listener;
  }

  @Override
  public Result assume(Request request) {
    long began = System.nanoTime();
    Result result = assumed(request);
    Failure failure = result instanceof Refused(Failure why) ? why : null;
    String operation = request.authority() instanceof ByToken ? BY_TOKEN : BY_OPERATOR;
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    listener.called(operation, request.region(), failure, took);
    return result;
  }

  private Result assumed(Request request) {
    try {
      return switch (request.authority()) {
        case ByToken(WebIdentityToken token) -> byToken(request, token);
        case ByOperator authority -> byOperator(request, authority);
      };
    } catch (SdkException e) {
      return new Refused(SdkFailures.of(e));
    } catch (StackOverflowError e) {
      // The SDK reads elements by recursion, and JDKs before 24 do not bound their depth.
      return unreadable("STS answered with XML that is nested too deeply");
    }
  }

  private Result byToken(Request request, WebIdentityToken token) {
    AssumeRoleWithWebIdentityResponse response =
        clients.call(
            request.region(),
            sts ->
                sts.assumeRoleWithWebIdentity(
                    sent ->
                        sent.roleArn(request.roleArn())
                            .roleSessionName(request.name())
                            .durationSeconds(seconds(request))
                            .webIdentityToken(token.text())
                            // Sessions are of an identity, whichever resources use them.
                            .overrideConfiguration(
                                override -> UserAgent.add(override, request.name()))));
    return begun(request, response.assumedRoleUser(), response.credentials());
  }

  private Result byOperator(Request request, ByOperator authority) {
    try {
      var unused = ServiceClients.configured(clients.own()::resolveCredentials);
    } catch (SdkException e) {
      return new Refused(SdkFailures.ofCredentials(e));
    }
    AssumeRoleResponse response =
        clients.call(
            request.region(),
            sts ->
                sts.assumeRole(
                    sent ->
                        sent.roleArn(request.roleArn())
                            .roleSessionName(request.name())
                            .durationSeconds(seconds(request))
                            .externalId(authority.externalId())
                            .tags(tags(authority.tags()))
                            .overrideConfiguration(
                                override ->
                                    UserAgent.add(
                                        override.credentialsProvider(clients.own()),
                                        request.name()))));
    return begun(request, response.assumedRoleUser(), response.credentials());
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  private static int seconds(Request request) {
    return Math.toIntExact(request.duration().toSeconds());
  }

  private Result begun(
      Request request, @Nullable AssumedRoleUser role, @Nullable Credentials given) {
    Matcher arn = ASSUMED_ROLE.matcher(role == null || role.arn() == null ? "" : role.arn());
    if (!arn.matches() || given == null || !isWhole(given)) {
      return unreadable("STS answered without a role or without credentials");
    }
    credentials.put(
        request.session(),
        StaticCredentialsProvider.create(
            AwsSessionCredentials.create(
                given.accessKeyId(), given.secretAccessKey(), given.sessionToken())));
    return new Assumed(arn.group(1), given.expiration());
  }

  private static boolean isWhole(Credentials given) {
    return isText(given.accessKeyId())
        && isText(given.secretAccessKey())
        && isText(given.sessionToken())
        && given.expiration() != null;
  }

  private static boolean isText(@Nullable String part) {
    return part != null && !part.isBlank();
  }

  private static Result unreadable(String why) {
    return new Refused(new Failure(Failure.CLIENT_ERROR, why, 0, null));
  }

  /** The credentials of an identity, or null where it has none any more. */
  @Nullable AwsCredentialsProvider of(Identity identity) {
    return credentials.get(identity.session());
  }

  @Override
  public boolean isHeld(String session) {
    return credentials.containsKey(session);
  }

  @Override
  public void forget(String session) {
    credentials.remove(session);
  }

  @Override
  public void unused(String region) {
    clients.unused(region);
  }

  @Override
  public String partition(String region) {
    return SdkRegions.partition(region).id();
  }

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("SdkRoleSessions.credentials", credentials.size());
    clients.sizes(sizes);
  }
}
