package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a function, sent as {@code Environment}. The values of its variables are
 * secrets.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Environment(
    @Size(max = 512)
        @ValidationRule(
            value = "self.all(k, k.matches('^[a-zA-Z]([a-zA-Z0-9_])+$'))",
            message =
                "names of environment variables must be of the form [a-zA-Z][a-zA-Z0-9_]+: a"
                    + " letter, then at least one letter, digit or underscore")
        @ValidationRule(
            value = "self.map(k, k.size() + self[k].size() + 6).sum() <= 4095",
            message =
                "environment variables exceed AWS's limit of 4096 bytes for names and values"
                    + " together, as JSON: store large values elsewhere, such as in SSM"
                    + " Parameter Store or S3, and refer to them in a variable")
        @ValidationRule(
            value =
                "!self.exists(k, k in ['AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV',"
                    + " 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',"
                    + " 'AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE',"
                    + " 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME',"
                    + " 'AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY',"
                    + " 'AWS_SESSION_TOKEN', 'AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT',"
                    + " 'LAMBDA_RUNTIME_DIR'])",
            message =
                "this name is reserved by Lambda (AWS_REGION, AWS_DEFAULT_REGION,"
                    + " AWS_EXECUTION_ENV, AWS_ACCESS_KEY, AWS_ACCESS_KEY_ID,"
                    + " AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_LAMBDA_FUNCTION_*,"
                    + " AWS_LAMBDA_LOG_*, AWS_LAMBDA_INITIALIZATION_TYPE,"
                    + " AWS_LAMBDA_RUNTIME_API, LAMBDA_TASK_ROOT, LAMBDA_RUNTIME_DIR): choose"
                    + " another one")
        @JsonPropertyDescription(
            "The variables of the function, by name: others are removed, unless policy is Merge."
                + " Names and values together hold at most 4096 bytes, as JSON. {} removes all."
                + " Absent: not managed.")
        @Nullable Map<String, @Size(max = 4096) String> variables,
    @JsonPropertyDescription(
            "Which variables the spec manages. Replace manages all of them: others are removed."
                + " Merge manages those of the spec, and others stay. A variable that this resource"
                + " has set and that the spec no longer names is removed. Default: Replace.")
        @Nullable String policy) {

  /** Whether variables that others set are kept. */
  public boolean merges() {
    return "Merge".equals(policy);
  }

  /** Returns the names of the variables, never a value: logs print this text. */
  @Override
  public String toString() {
    return "Environment[variables="
        + (variables == null ? null : variables.keySet())
        + ", policy="
        + policy
        + "]";
  }
}
