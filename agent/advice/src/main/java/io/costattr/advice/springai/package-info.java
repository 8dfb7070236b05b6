/** Spring AI: the model classes above RestClient and WebClient (1.x) or openai-java (2.x). */
@NullMarked
package io.costattr.advice.springai;

import org.jspecify.annotations.NullMarked;
