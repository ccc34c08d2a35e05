package dev.lambdaconfig.aws.sdk;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.read.FunctionReads;
import dev.lambdaconfig.aws.read.FunctionTags;
import dev.lambdaconfig.aws.sdk.answer.AnswerCheck;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.identity.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;
import software.amazon.awssdk.services.lambda.model.ListTagsResponse;

/**
 * The reads of functions by the AWS SDK: the port {@link FunctionReads}, and {@link FunctionLists}
 * for the sweeps.
 */
public final class SdkFunctionReads implements FunctionReads, FunctionLists, FunctionTags {

  private static final String LIST = "ListFunctions";

  /** The requester of lists, which serve all resources of an account and Region. */
  private static final String SWEEP = "sweep";

  /** The requester of lists for a plan. */
  static final String PLAN = "plan";

  private final LambdaClients clients;
  private final SdkRoleSessions sessions;
  private final CallListener listener;
  private final String requester;

  /** Calls through the given clients, and notifies the listener of each call. */
  public SdkFunctionReads(LambdaClients clients, CallListener listener) {
    this(clients, listener, PLAN);
  }

  /**
   * Calls through the given clients, and notifies the listener of each call.
   *
   * @param requester the command that needs the configurations of lists, for CloudTrail
   */
  public SdkFunctionReads(LambdaClients clients, CallListener listener, String requester) {
    this(clients, listener, CallListener.NONE, requester);
  }

  SdkFunctionReads(
      LambdaClients clients, CallListener listener, CallListener ofSts, String requester) {
    this.clients = clients;
    this.sessions = new SdkRoleSessions(clients.sts(), ofSts);
    this.listener = listener;
    this.requester = requester;
  }

  /** The sessions of tenants, by which calls are made that name one. */
  SdkRoleSessions sessions() {
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
  public FunctionLists.Listed list(
      String region, @Nullable Identity identity, @Nullable String marker) {
    return call(
        LIST,
        new Caller(region, identity, SWEEP),
        (client, override) ->
            page(
                region,
                client.listFunctions(
                    request -> request.marker(marker).overrideConfiguration(override))),
        (failure, requestId) -> new FunctionLists.Failed(failure));
  }

  @Override
  public FunctionReads.Page page(String region, @Nullable String marker) {
    return call(
        LIST,
        new Caller(region, null, requester),
        (client, override) ->
            described(
                region,
                client.listFunctions(
                    request -> request.marker(marker).overrideConfiguration(override))),
        (failure, requestId) -> new FunctionReads.Refused(failure));
  }

  @Override
  public Tagging tags(Target target) {
    return call(
        "ListTags",
        Caller.of(target),
        (client, override) -> {
          ListTagsResponse response =
              client.listTags(
                  request ->
                      request.resource(target.functionName()).overrideConfiguration(override));
          AnswerCheck.requireMember("ListTags", "Tags", response.hasTags());
          return new Tags(response.tags());
        },
        (failure, requestId) -> new Untold(failure));
  }

  private Answer describe(String operation, Target target, Call<SdkPojo> described) {
    return call(
        operation,
        Caller.of(target),
        (client, override) -> described(operation, target, described.make(client, override)),
        (failure, requestId) -> new Answer.Failed(failure));
  }

  static Answer described(String operation, Target target, SdkPojo function) {
    return new Answer.Described(
        new ObservedFunction(AnswerCheck.describing(operation, target, SdkValues.read(function))));
  }

  /**
   * The Region of a call, its identity and its requester.
   *
   * @param identity the identity, or null for the operator's own
   * @param requester the resource or the command that needs the call, for CloudTrail
   */
  record Caller(String region, @Nullable Identity identity, String requester) {

    static Caller of(Target target) {
      return new Caller(target.region(), target.identity(), target.requester());
    }
  }

  /** A call whose request has a configuration of its own: the identity and the user agent. */
  interface Call<T> {
    T make(LambdaClient client, AwsRequestOverrideConfiguration override);
  }

  /** The result of a call that failed. */
  interface Failing<T> {
    T of(Failure failure, @Nullable String requestId);
  }

  /** Makes one attempt, and notifies the listener of its outcome. */
  <T> T call(String operation, Caller caller, Call<? extends T> made, Failing<? extends T> failed) {
    AwsRequestOverrideConfiguration.Builder override = AwsRequestOverrideConfiguration.builder();
    UserAgent.add(override, caller.requester());
    Identity identity = caller.identity();
    String region = caller.region();
    long began = System.nanoTime();
    if (identity != null) {
      // Never by the operator's own rights: those are not the tenant's.
      AwsCredentialsProvider held = sessions.of(identity);
      if (held == null) {
        Failure failure = SdkFailures.ofSession(identity);
        listener.called(operation, region, failure, since(began));
        return failed.of(failure, null);
      }
      override.credentialsProvider(held);
    } else {
      try {
        clients.requireCredentials();
      } catch (SdkException e) {
        Failure failure = SdkFailures.ofCredentials(e);
        listener.called(operation, region, failure, since(began));
        return failed.of(failure, null);
      }
    }
    try {
      T answer = clients.call(region, client -> made.make(client, override.build()));
      listener.called(operation, region, null, since(began));
      return answer;
    } catch (SdkException e) {
      Failure failure = SdkFailures.of(e);
      if (identity != null && SdkFailures.isOfSession(failure)) {
        sessions.forget(identity.session());
      }
      listener.called(operation, region, failure, since(began));
      return failed.of(failure, RequestId.of(e));
    }
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static FunctionLists.Page page(String region, ListFunctionsResponse response) {
    List<ListedFunction> entries = entries(region, response).map(SdkFunctionReads::listed).toList();
    return new FunctionLists.Page(
        entries, nextMarker(response), response.functions().size() - entries.size());
  }

  private static FunctionReads.Listed described(String region, ListFunctionsResponse response) {
    return new FunctionReads.Listed(
        entries(region, response)
            .map(function -> new ObservedFunction(SdkValues.read(function)))
            .toList(),
        nextMarker(response));
  }

  private static Stream<FunctionConfiguration> entries(
      String region, ListFunctionsResponse response) {
    AnswerCheck.requireMember(LIST, "Functions", response.hasFunctions());
    return response.functions().stream().flatMap(function -> entry(region, function).stream());
  }

  /** A function with its name and ARN as AWS writes them. The SDK keeps a null that is listed. */
  private static Optional<FunctionConfiguration> entry(
      String region, @Nullable FunctionConfiguration function) {
    AnswerCheck.Entry entry =
        function == null
            ? null
            : AnswerCheck.entry(region, function.functionName(), function.functionArn());
    if (function == null || entry == null) {
      return Optional.empty();
    }
    boolean isWrittenSo =
        entry.name().equals(function.functionName())
            && Objects.equals(entry.arn(), function.functionArn());
    return Optional.of(
        isWrittenSo
            ? function
            : function.toBuilder().functionName(entry.name()).functionArn(entry.arn()).build());
  }

  private static @Nullable String nextMarker(ListFunctionsResponse response) {
    String next = response.nextMarker();
    return next == null || next.isEmpty() ? null : next;
  }

  private static ListedFunction listed(FunctionConfiguration function) {
    return new ListedFunction(
        function.functionName(),
        FunctionReference.accountIn(function.functionArn()),
        function.revisionId(),
        function.toBuilder().revisionId(null).build().hashCode());
  }
}
