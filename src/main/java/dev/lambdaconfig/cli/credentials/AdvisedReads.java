package dev.lambdaconfig.cli.credentials;

import dev.lambdaconfig.aws.read.FunctionReads;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads that say, where there are no credentials, which were looked for. */
public final class AdvisedReads implements FunctionReads {

  private final FunctionReads reads;
  private final Map<String, String> environment;

  /**
   * Reads by others.
   *
   * @param environment the environment of the process
   */
  public AdvisedReads(FunctionReads reads, Map<String, String> environment) {
    this.reads = reads;
    this.environment = environment;
  }

  @Override
  public Answer read(Target target) {
    return advised(reads.read(target));
  }

  @Override
  public Answer readFunction(Target target) {
    return advised(reads.readFunction(target));
  }

  @Override
  public Page page(String region, @Nullable String marker) {
    Page page = reads.page(region, marker);
    return page instanceof Refused(Failure failure) ? new Refused(advised(failure)) : page;
  }

  private Answer advised(Answer answer) {
    return answer instanceof Answer.Failed(Failure failure)
        ? new Answer.Failed(advised(failure))
        : answer;
  }

  private Failure advised(Failure failure) {
    return failure.code().equals(Failure.CREDENTIALS_UNAVAILABLE)
        ? new Failure(failure.code(), advice(failure), failure.httpStatus(), failure.retryAfter())
        : failure;
  }

  private String advice(Failure failure) {
    String profile = AwsProfile.problem(environment);
    String variables =
        pair("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
            + ", "
            + pair("AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE");
    return "no AWS credentials: "
        // The profile first where a person has chosen one.
        + (AwsProfile.isNamed(environment)
            ? profile + "; " + variables
            : variables + "; " + profile)
        + "; no container or EC2 role gives any: set one of them"
        + detail(Objects.requireNonNullElse(failure.message(), ""));
  }

  private String pair(String one, String other) {
    boolean first = isSet(one);
    boolean second = isSet(other);
    if (first && second) {
      return one + " and " + other + " are set and give none";
    }
    if (first || second) {
      return (first ? one : other) + " is set without " + (first ? other : one);
    }
    return one + " and " + other + " are not set";
  }

  private boolean isSet(String name) {
    return !environment.getOrDefault(name, "").isBlank();
  }

  /** The SDK's message about one source, if it has one. */
  private static String detail(String message) {
    int bracket = message.indexOf(" (", message.indexOf("AWS_SECRET_ACCESS_KEY"));
    return bracket < 0 ? "" : message.substring(bracket);
  }
}
