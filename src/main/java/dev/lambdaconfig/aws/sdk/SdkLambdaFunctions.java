package dev.lambdaconfig.aws.sdk;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.identity.RoleSessions;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.identity.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationResponse;

/** The ports {@link LambdaFunctions} and {@link FunctionLists}, implemented by the AWS SDK. */
public final class SdkLambdaFunctions implements LambdaFunctions, FunctionLists, StateSizes.Source {

  /** The requester of lists, which serve all resources of an account and Region. */
  private static final String SWEEP = "sweep";

  private final LambdaClients clients;
  private final SdkRoleSessions sessions;
  private final CallListener listener;

  /** Calls through the given clients, and notifies the listener of each call. */
  public SdkLambdaFunctions(LambdaClients clients, CallListener listener) {
    this.clients = clients;
    this.sessions = new SdkRoleSessions(clients.sts(), listener);
    this.listener = listener;
  }

  @Override
  public void sizes(StateSizes sizes) {
    sessions.sizes(sizes);
  }

  /** The sessions of tenants, by which calls are made that name one. */
  public RoleSessions sessions() {
    return sessions;
  }

  @Override
  public Answer read(Target target) {
    return describe(
        "GetFunctionConfiguration",
        target,
        (client, override) ->
            client.getFunctionConfiguration(
                request ->
                    request.functionName(target.functionName()).overrideConfiguration(override)));
  }

  @Override
  public Answer readFunction(Target target) {
    return describe(
        "GetFunction",
        target,
        (client, override) ->
            Objects.requireNonNullElseGet(
                client
                    .getFunction(
                        request ->
                            request
                                .functionName(target.functionName())
                                .overrideConfiguration(override))
                    .configuration(),
                () -> FunctionConfiguration.builder().build()));
  }

  @Override
  public Sent update(Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
    UpdateFunctionConfigurationRequest.Builder request =
        UpdateFunctionConfigurationRequest.builder();
    SdkValues.write(members, request);
    request.functionName(target.functionName()).revisionId(revisionId);
    return call(
        "UpdateFunctionConfiguration",
        Caller.of(target),
        (client, override) -> {
          UpdateFunctionConfigurationResponse response =
              client.updateFunctionConfiguration(request.overrideConfiguration(override).build());
          return new Sent(described(response), RequestId.of(response.responseMetadata()));
        },
        (failure, requestId) -> new Sent(new Answer.Failed(failure), requestId));
  }

  @Override
  public Listed list(String region, @Nullable Identity identity, @Nullable String marker) {
    return call(
        "ListFunctions",
        new Caller(region, identity, SWEEP),
        (client, override) ->
            page(
                client.listFunctions(
                    request -> request.marker(marker).overrideConfiguration(override))),
        (failure, requestId) -> new Failed(failure));
  }

  private Answer describe(String operation, Target target, Call<SdkPojo> described) {
    return call(
        operation,
        Caller.of(target),
        (client, override) -> described(described.make(client, override)),
        (failure, requestId) -> new Answer.Failed(failure));
  }

  private static Answer described(SdkPojo function) {
    return new Answer.Described(new ObservedFunction(SdkValues.read(function)));
  }

  /**
   * The Region of a call, and whose it is.
   *
   * @param identity the identity, or null for the operator's own
   * @param requester who needs the call
   */
  private record Caller(String region, @Nullable Identity identity, String requester) {

    static Caller of(Target target) {
      return new Caller(target.region(), target.identity(), target.requester());
    }
  }

  /** A call whose request has a configuration of its own: the identity and the user agent. */
  private interface Call<T> {
    T make(LambdaClient client, AwsRequestOverrideConfiguration override);
  }

  /** The result of a call that failed. */
  private interface Failing<T> {
    T of(Failure failure, @Nullable String requestId);
  }

  /** Makes one attempt, and notifies the listener of its outcome. */
  private <T> T call(
      String operation, Caller caller, Call<? extends T> made, Failing<? extends T> failed) {
    AwsRequestOverrideConfiguration.Builder override = AwsRequestOverrideConfiguration.builder();
    UserAgent.add(override, caller.requester());
    Identity identity = caller.identity();
    if (identity != null) {
      // Never by the operator's own rights: those are not the tenant's.
      AwsCredentialsProvider held = sessions.of(identity);
      if (held == null) {
        return failed.of(SdkFailures.ofSession(identity), null);
      }
      override.credentialsProvider(held);
    } else {
      try {
        clients.requireCredentials();
      } catch (SdkException e) {
        return failed.of(SdkFailures.ofCredentials(e), null);
      }
    }
    String region = caller.region();
    long began = System.nanoTime();
    try {
      T answer = clients.call(region, client -> made.make(client, override.build()));
      listener.called(operation, region, null, since(began));
      return answer;
    } catch (SdkException e) {
      Failure failure = SdkFailures.of(e);
      if (identity != null && SdkFailures.isOfSession(failure)) {
        sessions.forget(identity.session());
      }
      listener.called(operation, region, FailureKind.of(failure), since(began));
      return failed.of(failure, RequestId.of(e));
    }
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static Page page(ListFunctionsResponse response) {
    List<ListedFunction> functions =
        response.functions().stream()
            // The SDK keeps a null that an endpoint lists.
            .filter(function -> function != null && function.functionName() != null)
            .map(SdkLambdaFunctions::listed)
            .toList();
    String next = response.nextMarker();
    return new Page(functions, next == null || next.isEmpty() ? null : next);
  }

  private static ListedFunction listed(FunctionConfiguration function) {
    return new ListedFunction(
        function.functionName(),
        FunctionReference.accountIn(function.functionArn()),
        function.revisionId(),
        function.toBuilder().revisionId(null).build().hashCode());
  }
}
