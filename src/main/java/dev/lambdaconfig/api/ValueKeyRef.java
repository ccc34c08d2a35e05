package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One key of a Secret or ConfigMap in the namespace of the resource. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ValueKeyRef(
    @Required
        @Size(max = EnvironmentNames.LONGEST_OF_OBJECTS)
        @ValidationRule(
            value = "self.matches('^" + EnvironmentNames.OBJECT_NAME + "$')",
            message = EnvironmentNames.OBJECT_NAME_MESSAGE)
        @JsonPropertyDescription("The name of the object, in the namespace of this resource.")
        String name,
    @Required
        @Size(max = EnvironmentNames.LONGEST_OF_OBJECTS)
        @ValidationRule(
            value = "self.matches('^" + EnvironmentNames.DATA_KEY + "$')",
            message =
                "key must be a key of the object's data: letters, digits, - _ and . only, such as"
                    + " password")
        @JsonPropertyDescription("The key of its data.")
        String key,
    @JsonPropertyDescription(
            "true leaves the variable out where the object or the key does not exist. Default:"
                + " false.")
        @Nullable Boolean optional) {

  /** Whether the variable is left out where there is no value. */
  public boolean isOptional() {
    return Boolean.TRUE.equals(optional);
  }
}
