package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A whole Secret or ConfigMap in the namespace of the resource. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ValuesRef(
    @Required
        @Size(max = EnvironmentNames.LONGEST_OF_OBJECTS)
        @ValidationRule(
            value = "self.matches('^" + EnvironmentNames.OBJECT_NAME + "$')",
            message = EnvironmentNames.OBJECT_NAME_MESSAGE)
        @JsonPropertyDescription("The name of the object, in the namespace of this resource.")
        String name,
    @JsonPropertyDescription(
            "true takes an object that does not exist for one without keys. Default: false.")
        @Nullable Boolean optional) {

  /** Whether an object that does not exist counts as one without keys. */
  public boolean isOptional() {
    return Boolean.TRUE.equals(optional);
  }
}
