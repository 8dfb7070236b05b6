/** LangChain4j: its OpenAI models, and its own HTTP client, on which its other models stand. */
@NullMarked
package io.costattr.advice.langchain4j;

import org.jspecify.annotations.NullMarked;
