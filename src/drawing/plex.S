// The typefaces as bytes of the program; the folder of the files comes from CMakeLists.txt by -I.
.macro typeface name, file
.global \name
.global \name\()_end
\name:
.incbin "\file"
\name\()_end:
.byte 0
.endm

.section .rodata
typeface plex_regular, "IBMPlexSans-Regular.woff"
typeface plex_strong, "IBMPlexSans-SemiBold.woff"
typeface plex_italic, "IBMPlexSans-Italic.woff"
typeface plex_narrow, "IBMPlexSansCondensed-Regular.woff"
typeface plex_narrow_strong, "IBMPlexSansCondensed-SemiBold.woff"
.section .note.GNU-stack,"",%progbits
