package dev.lambdaconfig.aws.sdk;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.identity.RoleSessions;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.identity.Identity;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationResponse;

/** The ports {@link LambdaFunctions} and {@link FunctionLists}, implemented by the AWS SDK. */
public final class SdkLambdaFunctions implements LambdaFunctions, FunctionLists, StateSizes.Source {

  private static final String UPDATE = "UpdateFunctionConfiguration";

  private final SdkFunctionReads reads;

  /** Calls through the given clients, and notifies the listener of each call to Lambda. */
  public SdkLambdaFunctions(LambdaClients clients, CallListener ofLambda) {
    this(clients, ofLambda, CallListener.NONE);
  }

  /**
   * Calls through the given clients.
   *
   * @param ofLambda notified of each call to Lambda
   * @param ofSts notified of each call to STS, which has a rate limit of its own
   */
  public SdkLambdaFunctions(LambdaClients clients, CallListener ofLambda, CallListener ofSts) {
    this.reads = new SdkFunctionReads(clients, ofLambda, ofSts, SdkFunctionReads.PLAN);
  }

  @Override
  public void sizes(StateSizes sizes) {
    reads.sessions().sizes(sizes);
  }

  /** The sessions of tenants, by which calls are made that name one. */
  public RoleSessions sessions() {
    return reads.sessions();
  }

  @Override
  public Answer read(Target target) {
    return reads.read(target);
  }

  @Override
  public Answer readFunction(Target target) {
    return reads.readFunction(target);
  }

  @Override
  public Listed list(String region, @Nullable Identity identity, @Nullable String marker) {
    return reads.list(region, identity, marker);
  }

  @Override
  public Sent update(Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
    UpdateFunctionConfigurationRequest.Builder request =
        UpdateFunctionConfigurationRequest.builder();
    SdkValues.write(members, request);
    request.functionName(target.functionName()).revisionId(revisionId);
    return reads.call(
        UPDATE,
        SdkFunctionReads.Caller.of(target),
        (client, override) -> {
          UpdateFunctionConfigurationResponse response =
              client.updateFunctionConfiguration(request.overrideConfiguration(override).build());
          return new Sent(
              SdkFunctionReads.described(UPDATE, target, response),
              RequestId.of(response.responseMetadata()));
        },
        (failure, requestId) -> new Sent(new Answer.Failed(failure), requestId));
  }
}
