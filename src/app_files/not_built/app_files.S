// One page in place of the app; the folder of the file comes from cmake/WebApp.cmake by -I.
.section .rodata
.global app_file_not_built
.global app_file_not_built_end
app_file_not_built:
.incbin "index.html"
app_file_not_built_end:
.byte 0
.section .note.GNU-stack,"",%progbits
