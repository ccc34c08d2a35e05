package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a function, sent as {@code Environment}. The values of its variables are
 * secrets.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "!has(self.variables) || !has(self.valuesFrom) || self.valuesFrom.all(v, !(v.name in"
            + " self.variables))",
    message = "a variable is both in variables and in valuesFrom: remove it from one of them")
@ValidationRule(
    value = "!has(self.policy) || has(self.variables) || has(self.valuesFrom) || has(self.envFrom)",
    message =
        "policy alone manages nothing: add variables, valuesFrom or envFrom (variables: {} removes"
            + " what was managed), or remove environment")
public record Environment(
    @Size(max = 512)
        @ValidationRule(
            value = "self.all(k, k.matches('^" + EnvironmentNames.PATTERN + "$'))",
            message = EnvironmentNames.FORM)
        @ValidationRule(
            value = "self.map(k, k.size() + self[k].size() + 6).sum() <= 4095",
            message =
                "environment variables exceed AWS's limit of 4096 bytes for names and values"
                    + " together, as JSON: store large values elsewhere, such as in SSM"
                    + " Parameter Store or S3, and refer to them in a variable")
        @ValidationRule(
            value = "!self.exists(k, k in " + EnvironmentNames.RESERVED + ")",
            message = EnvironmentNames.IS_RESERVED)
        @JsonPropertyDescription(
            "The variables of the function, by name. With those of valuesFrom and envFrom they are"
                + " all of the spec's: others are removed, unless policy is Merge. Names and values"
                + " together hold at most 4096 bytes, as JSON. {} without the other two removes"
                + " all. Absent without the other two: not managed.")
        @Nullable Map<String, @Size(max = 4096) String> variables,
    @Size(max = 100)
        @ValidationRule(
            value = "self.all(v, self.exists_one(other, other.name == v.name))",
            message = "valuesFrom names a variable several times: remove all but one of them")
        @ValidationRule(
            value = "self.map(v, v.name.size() + 6).sum() <= 4095",
            message =
                "the names of the variables in valuesFrom exceed AWS's limit of 4096 bytes for"
                    + " names and values together, as JSON: shorten them, or remove some")
        @JsonPropertyDescription(
            "Variables whose values are those of keys of Secrets and ConfigMaps, as in env of a"
                + " Pod; at most 100. A changed value reaches the function within seconds.")
        @Nullable List<ValueFrom> valuesFrom,
    @Size(max = 20)
        @JsonPropertyDescription(
            "Secrets and ConfigMaps all of whose keys become variables, as in envFrom of a Pod; at"
                + " most 20. Of variables of the same name the later item wins, and variables and"
                + " valuesFrom win over all items. Keys that cannot be variables are skipped and"
                + " listed in status.valueSources.")
        @Nullable List<EnvFrom> envFrom,
    @JsonPropertyDescription(
            "Which variables the spec manages. Replace manages all of them: others are removed."
                + " Merge manages those of the spec, and others stay. A variable that this resource"
                + " has set and that the spec no longer names is removed. Default: Replace.")
        @Nullable String policy) {

  /** Whether variables that others set are kept. */
  public boolean merges() {
    return "Merge".equals(policy);
  }

  /** The variables with values of their own; null where nothing at all is said of variables. */
  public @Nullable Map<String, String> declared() {
    return variables == null && (valuesFrom != null || envFrom != null) ? Map.of() : variables;
  }

  /** Returns the names of the variables, never a value: logs print this text. */
  @Override
  public String toString() {
    return "Environment[variables="
        + (variables == null ? null : variables.keySet())
        + ", valuesFrom="
        + valuesFrom
        + ", envFrom="
        + envFrom
        + ", policy="
        + policy
        + "]";
  }
}
