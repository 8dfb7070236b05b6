/** azure-ai-openai: the implementation below its clients, for Azure and for OpenAI itself. */
@NullMarked
package io.costattr.advice.azure;

import org.jspecify.annotations.NullMarked;
