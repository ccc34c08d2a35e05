package dev.lambdaconfig.cli.options;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of the identities by which functions are called. */
public final class IdentityOptions {

  private static final Duration SHORTEST_AGE = Duration.ofMinutes(1);
  private static final Duration LONGEST_AGE = Duration.ofHours(1);
  private static final String REQUIRED = "required";
  private static final String OPTIONAL = "optional";

  @Option(
      names = "--tenant-identity",
      paramLabel = "optional|required",
      defaultValue = OPTIONAL,
      description =
          "optional lets resources without an identity, their own or one of the policy file, act"
              + " with the operator's own AWS rights. required refuses them. Default: optional.")
  private String tenantIdentity = OPTIONAL;

  @Option(
      names = "--credentials-max-age",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      defaultValue = "1h",
      description =
          "Maximum age of the credentials of a ServiceAccount's role, 1m to 1h. They are refreshed"
              + " before. Default: 1h.")
  private Duration credentialsMaxAge = LONGEST_AGE;

  /** Creates options with their defaults. */
  public IdentityOptions() {}

  /** Creates options for tests and demonstrations, of which an age can be out of range. */
  public IdentityOptions(boolean required, Duration credentialsMaxAge) {
    this.tenantIdentity = required ? REQUIRED : OPTIONAL;
    this.credentialsMaxAge = credentialsMaxAge;
  }

  /** Returns whether resources without a ServiceAccount are refused. */
  public boolean required() {
    return tenantIdentity.equals(REQUIRED);
  }

  /** Returns the maximum age of the credentials of a role. */
  public Duration credentialsMaxAge() {
    return credentialsMaxAge;
  }

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!required() && !tenantIdentity.equals(OPTIONAL)) {
      problems.add("--tenant-identity: '" + tenantIdentity + "': write optional or required");
    }
    if (credentialsMaxAge.compareTo(SHORTEST_AGE) < 0
        || credentialsMaxAge.compareTo(LONGEST_AGE) > 0) {
      problems.add("--credentials-max-age must be 1m to 1h");
    }
    return problems;
  }
}
